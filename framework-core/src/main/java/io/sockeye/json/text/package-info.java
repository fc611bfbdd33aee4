/** The letters of JSON: how text is escaped, how numbers are read, and where the output goes. */
@NullMarked
package io.sockeye.json.text;

import org.jspecify.annotations.NullMarked;
