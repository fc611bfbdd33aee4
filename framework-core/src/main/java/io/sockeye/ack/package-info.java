/** Acknowledgements that have not come yet, on server and client alike. */
@NullMarked
package io.sockeye.ack;

import org.jspecify.annotations.NullMarked;
