/** One HTTP request on its way to Engine.IO or to a route: settings, checks, headers, errors. */
@NullMarked
package io.sockeye.server.internal.http;

import org.jspecify.annotations.NullMarked;
