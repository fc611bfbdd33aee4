/** The sample: a chat in rooms, with pictures and private messages. */
@NullMarked
package io.sockeye.chat;

import org.jspecify.annotations.NullMarked;
