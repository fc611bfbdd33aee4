/** Namespaces: broadcasts, questions to the servers of a cluster, and adapters. */
@NullMarked
package io.sockeye.server.internal.namespace;

import org.jspecify.annotations.NullMarked;
