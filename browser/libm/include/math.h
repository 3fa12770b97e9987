/* The part of math.h that the sources in ../musl use. */
#ifndef MATH_H
#define MATH_H

#include <features.h>

typedef double double_t;
typedef float float_t;

#define NAN __builtin_nan("")
#define INFINITY __builtin_inf()
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define fabs(x) __builtin_fabs(x)
#define sqrt(x) __builtin_sqrt(x)

double exp(double);
double exp2(double);
double expm1(double);
double log(double);
double log1p(double);
double pow(double, double);
double tanh(double);
double atanh(double);

#endif
