/// The protocol, for people who write clients; `utter help protocol` prints it.
package enum ProtocolArticle {
  /// The article, as Markdown that reads well on a terminal.
  package static let text = #"""
    # The protocol of the socket

    What clients and the daemon say to each other, line by line.

    ## The socket

    The daemon listens on the Unix stream socket `$XDG_RUNTIME_DIR/utter/utter.sock`; `UTTER_SOCKET`
    names another one. It serves processes of its own user, and tells others so. By hand:

        socat - UNIX-CONNECT:$XDG_RUNTIME_DIR/utter/utter.sock

    Both sides write JSON-RPC 2.0: UTF-8, one object a line, no batches. A line from a client has at
    most 1,048,576 bytes. Unknown fields are ignored, here and there: new versions add fields.

        → {"jsonrpc":"2.0","id":1,"method":"record.start","params":{"directory":"/home/me"}}
        ← {"id":1,"jsonrpc":"2.0","result":{"id":"20260102T090807.123Z"}}
        ← {"jsonrpc":"2.0","method":"state","params":{"state":"recording"}}

    A request with an `id` gets one answer with that id, a `result` or an `error`; one without gets
    none. Answers to different requests may come in another order. Few requests of one client are
    worked on at a time; the daemon reads on when they are answered and the answers are read.
    `transcribe`, `history.list` and `history.retry` are not begun for a client that is gone by
    then.

    ## Requests

    All parameters may be left out unless said otherwise.

        hello           protocol (required)    is the protocol this one? {protocol, version}
        record.start    as below               a key went down: {id}
        record.stop     began                  the key is up: {id}; the text follows as final
        record.toggle   as below               starts, or stops: {id}
        record.cancel   began                  forgets what is being said: {id}
        status                                 how the daemon is; as utter status --json prints
        subscribe       events                 these notifications from now on: {events}
        transcribe      path                   transcribes a recording
        history.list    limit, after           dictations, the newest first
        history.retry   id                     again; without id the newest that has audio
        model.load                             loads the model now
        model.unload                           gives its memory back
        reload                                 reads the configuration again

    `directory` and `path` are absolute. `transcribe` without a path takes the file descriptor that
    was sent along with its line (SCM_RIGHTS). `language` and `mode` of a dictation are for versions
    to come: they are refused, but for a `mode` that says what the method does.

    A dictation has the parameters `directory`, `vocabulary`, `profile` and `window`, and with
    `record.start` `began` and `attached` too. `vocabulary` is a list of terms that this dictation
    is to know besides those of the user's lists and of the project in `directory`; each is a line
    of a list, and one that is none is told in an `error`.

    `profile` is terminal, editor or chat: the rules and lists of `format.profiles` that count.
    Without it `window` decides, a list of at most 8 names of the window that has the focus: its
    class and instance on X11, its app_id on Wayland. A name that no `windows` of a profile matches
    changes nothing. `final` has the `profile` that counted, where one did, and the answer to
    `status` has it and the window of the last dictation as `target`.

    `record.start` is answered when the microphone is open, or cannot be opened: then with the error
    -32002, and there is no dictation. A microphone that takes longer than 300 ms is not waited for.
    What comes of it then is told as `error`, and the dictation ends with an empty text.

    The answer to `transcribe` has `text`, `raw`, `words`, `terms` and `audio_ms` as `final` has
    them, `model`, `segments`, sentences with `start`, `end`, `text` and of how many of the words
    they are (`words`), and `warnings` where a part of the recording was not heard, or not as it was
    recorded: sentences that follow its name, such as "ends 20.0 s before its header says: of 40.0 s
    only 20.0 s are there".

    A pipe that is to be transcribed is read to its end, as long as it is not silent for a minute
    and the client waits.

    `began` tells when the program began that a key started: `time` in nanoseconds since the system
    started (CLOCK_BOOTTIME), and, to tell apart what began within a tenth of a second, the numbers
    `session` and `process`. Of a key that is tapped, the program that stops may reach the daemon
    before the one that starts; by this the daemon knows, and does not start. Without it requests
    count as they come.

    `attached`, if true, says that the client watches the key and stays connected while it is held.
    Where the connection ends before `record.stop`, the microphone is switched off, and what it
    heard goes into the history.

    `after` is the id of a dictation: only those are listed that came later. A client that was not
    connected for a while learns so what it missed. One that has not seen any gives the time from
    which on it wants to know them, written as in the ids: `20261122T091500Z`.

    `events` is a list of the names below; without it, all but `level` are sent. A client that wants
    `state` is told the state at once.

    ## Notifications

        state      state                       idle, loading, recording, transcribing or error
        partial    settled, pending            the text so far: what stays, and what may change
        final      id, text, raw, words, audio_ms, latency_ms, terms, profile
                                               a dictation is over
        level      rms, peak                   how loud it is; 1 is full scale
        dropped    samples                     samples, at 16 kHz, that are lost
        error      code, message, hint         something went wrong

    An `error` is for people to see. Those about the microphone, the model, the disk and the
    configuration last: until they are over, the answer to `status` has the one that matters most as
    `problem`, with `code`, `message`, `hint` and `since`, a time as RFC 3339 writes it in UTC.

    In `final`, `text` is what to type and `raw` what the model wrote; `terms` are those of the
    vocabulary that are in the text, in order. Each of `words` has `word`,
    `start` and `end` in seconds and `confidence` from 0 to 1. `latency_ms` has `release`, from
    key-up to this text, and `features`, `encoder`, `decoder` and `formatting`. What a daemon that
    died left behind is not sent: it goes into the history.

    A client that does not read loses its oldest `partial` and `level` notifications first. When
    more than 4,096 others wait for it, or 1 MiB of them, it is sent the error -32006 and
    disconnected.

    ## Errors

    An error has `code`, `message` and, where there is a way out, `data.hint`. A line that is no
    request gets one error, with the id `null` where none could be read, and the connection goes on.

        -32700   the line is not JSON, or not UTF-8
        -32600   it is JSON but no request, or too long
        -32601   there is no such method
        -32602   the parameters are not what the method takes
        -32000   the daemon could not do it
        -32001   nothing is being recorded
        -32002   the microphone cannot be used
        -32003   the model cannot be used
        -32004   the recording to transcribe cannot be read
        -32005   there is no such entry in the history
        -32006   the client did not read what it was sent
        -32007   the microphone delivers silence, or nothing
        -32008   a dictation ends, or is about to, because nobody ended it
        -32009   the client belongs to another user
        -32010   a list of terms cannot be used; file, line and reason are in the message
    """#
}
