/** What users add: handlers by event, annotated methods, and what becomes of a handler's result or failure. */
@NullMarked
package io.sockeye.server.internal.handlers;

import org.jspecify.annotations.NullMarked;
