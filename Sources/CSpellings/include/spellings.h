#ifndef UTTER_SPELLINGS_H
#define UTTER_SPELLINGS_H

#include <stddef.h>

/// The text of spellings.txt, which says what is in it; not ended by a zero.
const unsigned char *cspellings_text(void);
/// Its bytes.
size_t cspellings_count(void);

#endif
