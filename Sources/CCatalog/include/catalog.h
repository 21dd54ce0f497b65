#ifndef UTTER_CATALOG_H
#define UTTER_CATALOG_H

#include <stddef.h>

/// The text of models/catalog.toml, which says what is in it; not ended by a zero.
const unsigned char *ccatalog_text(void);
/// Its bytes.
size_t ccatalog_count(void);

#endif
