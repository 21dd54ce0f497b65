// Counts what one thread takes from and gives back to the system, and how often it reads a clock.
#ifndef CCALLCOUNTER_H
#define CCALLCOUNTER_H

#include <stdbool.h>

// Whether this program counts at all: a sanitizer brings definitions of its own.
bool calls_are_counted(void);

// Calls of the calling thread since its beginning.
long heap_calls_of_this_thread(void);
long clock_calls_of_this_thread(void);

// Bytes on the heap and in mappings that the calling thread took, less those that it gave back.
long bytes_held_by_this_thread(void);

#endif
