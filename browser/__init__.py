"""How the rules get into browsers: Numba's code of them, compiled once more, to one WebAssembly module that the package ships."""
