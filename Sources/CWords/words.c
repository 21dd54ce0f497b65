#include "words.h"

static const unsigned char text[] = {
#embed "words.txt"
};

const unsigned char *cwords_text(void) { return text; }

size_t cwords_count(void) { return sizeof text; }
