#include <xcb/xcb.h>
#include <xcb/xinput.h>
#include <xcb/xkb.h>
#include <xcb/xtest.h>
#include <xkbcommon/xkbcommon-keysyms.h>
#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

// What the server says of an extension. Swift cannot tell that nothing writes to the variables
// that name extensions.
static inline const xcb_query_extension_reply_t *
cxcb_input_extension(xcb_connection_t *connection) {
  return xcb_get_extension_data(connection, &xcb_input_id);
}

static inline const xcb_query_extension_reply_t *cxcb_test_extension(xcb_connection_t *connection) {
  return xcb_get_extension_data(connection, &xcb_test_id);
}
