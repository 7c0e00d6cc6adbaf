/**
 * Single HTTP/1.1 requests over Apache's HttpComponents Core, which reads and writes the messages: {@code Transport} sends
 * one and hands out its answer, {@code Wire} moves the bytes so that an interrupt ends every wait and no wait is without
 * bound. Nothing is done unasked: no redirect, no repetition, no cookie, no credential, no unpacking.
 */
package io.jenkins.plugins.airworthy.image.http;
