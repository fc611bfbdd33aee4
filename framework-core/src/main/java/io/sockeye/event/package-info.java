/** Types that event handlers use, on server and client. */
@NullMarked
package io.sockeye.event;

import org.jspecify.annotations.NullMarked;
