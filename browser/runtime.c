/* What surrounds the rules in a browser: the function a page calls, memory that is given and never taken back within a run,
   and the three functions of Numba's runtime that compiled rules call. Their sizes have 64 bits, as in the code that Numba
   made; WebAssembly compares signatures. */

typedef long long word;
typedef unsigned long size; /* 32 bits */

enum { ALIGNMENT = 32, PAGE = 65536, STOPPED = 100 };

extern unsigned char __heap_base;
static size top, kept;

/* The rules: a status is written, what is returned is not 0 where Numba's code has raised an exception. */
int qsim_rules(word *status, void **exception, word image, word image_size, word rows, word rows_size, word totals,
               word totals_size);

static void *take(unsigned long long wanted)
{
	if (!top)
		top = kept = (size)&__heap_base;
	unsigned long long start = (top + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	unsigned long long end = start + wanted;
	unsigned long long have = (unsigned long long)__builtin_wasm_memory_size(0) * PAGE;
	if (wanted >> 32 || end >> 32)
		return 0;
	if (end > have && __builtin_wasm_memory_grow(0, (size)((end - have + PAGE - 1) / PAGE)) == (size)-1)
		return 0;
	top = (size)end;
	return (void *)(size)start;
}

/* Returns memory that stays, for images and results; 0 if there is none left. */
__attribute__((export_name("keep"))) size keep(double bytes)
{
	void *block = bytes >= 0 && bytes < 4294967296.0 ? take((unsigned long long)bytes) : 0;
	kept = top;
	return (size)block;
}

/* Runs the world of an image from its start to its end and returns a status, 0 if all went well. Numbers come as doubles,
   which is what numbers are to a page. */
__attribute__((export_name("run"))) int run(double image, double image_size, double rows, double rows_size, double totals,
                                            double totals_size)
{
	word status = 0;
	void *exception = 0;
	top = kept;
	int raised = qsim_rules(&status, &exception, (word)image, (word)image_size, (word)rows, (word)rows_size, (word)totals,
	                        (word)totals_size);
	top = kept;
	return raised ? STOPPED : (int)status;
}

/* Numba's record of a block; the rules read `data` alone. */
typedef struct {
	unsigned long long references;
	void *destructor, *information, *data;
	unsigned long long size;
	void *allocator;
} Block;

static void *block(word wanted)
{
	Block *made = take(sizeof(Block));
	if (!made)
		return 0;
	made->references = 1;
	made->destructor = made->information = made->allocator = 0;
	made->size = (unsigned long long)wanted;
	made->data = take((unsigned long long)wanted);
	return made->data ? made : 0;
}

void *NRT_MemInfo_alloc_dtor(word wanted, void *destructor)
{
	return block(wanted);
}

void *NRT_MemInfo_alloc_aligned(word wanted, int alignment)
{
	return alignment > ALIGNMENT ? 0 : block(wanted);
}

/* The memory of a run is free when the run has ended. */
void NRT_MemInfo_call_dtor(void *ended)
{
}
