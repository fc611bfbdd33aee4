/** JSON as raw bytes, with binary values as attachments. The only package that knows Jackson. */
@NullMarked
package io.sockeye.json;

import org.jspecify.annotations.NullMarked;
