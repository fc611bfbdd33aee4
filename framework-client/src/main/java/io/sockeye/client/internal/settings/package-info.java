/** The user's settings, checked, and the rules for URLs, names of namespaces and times. */
@NullMarked
package io.sockeye.client.internal.settings;

import org.jspecify.annotations.NullMarked;
