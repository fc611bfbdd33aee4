/** The client. */
package io.sockeye.client;
