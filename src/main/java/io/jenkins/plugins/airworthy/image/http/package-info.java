/**
 * Single HTTP/1.1 requests over Apache's HttpComponents Core, which reads and writes the messages: {@code Transport} sends
 * one and returns its response, {@code Wire} transfers the bytes so that an interrupt ends every wait and every wait is
 * bounded. Nothing is automatic: no redirects, retries, cookies, credentials or decompression.
 */
package io.jenkins.plugins.airworthy.image.http;
