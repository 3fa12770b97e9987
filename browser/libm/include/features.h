/* The words of musl's features.h that its mathematics uses: nothing is seen outside the module anyway. */
#ifndef FEATURES_H
#define FEATURES_H

#define hidden
#define weak_alias(old, new)

#endif
