/** What event handlers see on server and client alike. */
@NullMarked
package io.sockeye.event;

import org.jspecify.annotations.NullMarked;
