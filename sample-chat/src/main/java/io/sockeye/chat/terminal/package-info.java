/** The chat in a terminal, by the Java client: joins the same rooms as the page. */
@NullMarked
package io.sockeye.chat.terminal;

import org.jspecify.annotations.NullMarked;
