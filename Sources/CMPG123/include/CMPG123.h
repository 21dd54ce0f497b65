#ifndef UTTER_MPG123_H
#define UTTER_MPG123_H

/// Keeps libmpg123 from writing to stderr, in decoders that are made from now on.
void cmpg123_silence(void);

#endif
