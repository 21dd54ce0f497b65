// Counts what one thread takes from and gives back to the heap, and how often it reads a clock.
#ifndef CCALLCOUNTER_H
#define CCALLCOUNTER_H

#include <stdbool.h>

// Whether this program counts at all: a sanitizer brings definitions of its own.
bool calls_are_counted(void);

// Calls of the calling thread since its beginning.
long heap_calls_of_this_thread(void);
long clock_calls_of_this_thread(void);

#endif
