/* Nothing is special about WebAssembly's doubles. */
