/** The lowest level of JSON: escaping text, reading simple values, output. */
@NullMarked
package io.sockeye.json.text;

import org.jspecify.annotations.NullMarked;
