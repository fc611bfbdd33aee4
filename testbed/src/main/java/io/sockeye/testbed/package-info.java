/** Small servers that test suites and load generators are pointed at. Never published. */
@NullMarked
package io.sockeye.testbed;

import org.jspecify.annotations.NullMarked;
