/** Immutable byte slices. */
@NullMarked
package io.sockeye.bytes;

import org.jspecify.annotations.NullMarked;
