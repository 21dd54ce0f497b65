#include "catalog.h"

static const unsigned char text[] = {
#embed "../../models/catalog.toml"
};

const unsigned char *ccatalog_text(void) { return text; }

size_t ccatalog_count(void) { return sizeof text; }
