// Lets a team run a Swift closure that does not escape, as it lies on its caller's stack.
//
// To hand such a closure to a plain C function, Swift would have to wrap it on the heap at every
// call. A function with Swift's own calling convention gets its two parts, code and context, as
// they are.
#include "CKernels.h"

#define SWIFT_CALL __attribute__((swiftcall))
#define SWIFT_CONTEXT __attribute__((swift_context))

// (Int) -> Void
typedef SWIFT_CALL void body_code(long member, SWIFT_CONTEXT void *context);

struct closure {
  body_code *code;
  void *context;
};

static void call(void *context, long member) {
  const struct closure *closure = context;
  closure->code(member, closure->context);
}

// Declared in Swift, where its second and third parameter are one closure.
SWIFT_CALL void ck_team_run_closure(struct ck_team *team, body_code *code, void *context);

SWIFT_CALL void ck_team_run_closure(struct ck_team *team, body_code *code, void *context) {
  struct closure closure = {code, context};
  ck_team_run(team, call, &closure);
}
