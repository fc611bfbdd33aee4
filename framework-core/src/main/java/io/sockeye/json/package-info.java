/** JSON as raw bytes; binary values leave it as attachments and come back. The only package that knows Jackson. */
@NullMarked
package io.sockeye.json;

import org.jspecify.annotations.NullMarked;
