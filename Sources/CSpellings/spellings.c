#include "spellings.h"

static const unsigned char text[] = {
#embed "spellings.txt"
};

const unsigned char *cspellings_text(void) { return text; }

size_t cspellings_count(void) { return sizeof text; }
