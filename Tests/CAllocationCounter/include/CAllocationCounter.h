// Counts what one thread takes from and gives back to the heap.
#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

#include <stdbool.h>

// Whether this program counts at all: a sanitizer brings a heap of its own.
bool heap_calls_are_counted(void);

// Calls of the calling thread since its beginning.
long heap_calls_of_this_thread(void);

#endif
