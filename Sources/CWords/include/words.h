#ifndef UTTER_WORDS_H
#define UTTER_WORDS_H

#include <stddef.h>

/// The text of words.txt, which says what is in it; not ended by a zero.
const unsigned char *cwords_text(void);
/// Its bytes.
size_t cwords_count(void);

#endif
