/* WebAssembly is little-endian; the sources in ../musl ask for it with these names. */
#define __LITTLE_ENDIAN 1234
#define __BIG_ENDIAN 4321
#define __BYTE_ORDER __LITTLE_ENDIAN
