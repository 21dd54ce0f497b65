// Signals as bytes in a pipe, because a handler itself may do next to nothing.
#ifndef CLINUX_SIGNALS_H
#define CLINUX_SIGNALS_H

#include <stdbool.h>

// Makes the pipe that caught signals are written to, one byte with its number each. To be called
// once, before the first is caught. Returns the reading end, which nobody closes, or the negative
// error number.
int clinux_open_signals(void);

// Lets the calling thread get all signals, also those that whoever started this program blocked:
// they would stay pending for ever where every thread blocks them.
void clinux_let_signals_in(void);

// Catches a signal from now on; false with errno where that is not possible.
bool clinux_catch(int signal);

// Lets a caught signal do what it did before.
void clinux_let_go(int signal);

// Ignores a signal from now on.
void clinux_ignore(int signal);

#endif
