/** Acknowledgements that have not arrived yet, for server and client. */
@NullMarked
package io.sockeye.ack;

import org.jspecify.annotations.NullMarked;
