/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.observation;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known of a request besides the response itself: who is asked, how often it
 * is sent, and what the latest attempt was answered with. Goes down with the context of
 * the request. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class RequestFacts {

	private static final String ATTRIBUTE = RequestFacts.class.getName();

	private String provider;

	private int sent;

	private @Nullable ResponseInfo response;

	/**
	 * Create facts.
	 * @param provider who is asked first
	 */
	RequestFacts(String provider) {
		this.provider = provider;
	}

	/**
	 * Return the facts of a request.
	 * @param context the context of the request
	 * @return the facts, or {@code null} if nobody wants to know them
	 */
	static @Nullable RequestFacts from(CallContext context) {
		return (context.attributes().get(ATTRIBUTE) instanceof RequestFacts facts) ? facts : null;
	}

	CallContext addTo(CallContext context) {
		Runnable sendListener = context.sendListener();
		Consumer<ResponseInfo> responseListener = context.responseListener();
		return context.withAttribute(ATTRIBUTE, this).withSendListener(() -> {
			sent();
			sendListener.run();
		}).withResponseListener((info) -> {
			answered(info);
			responseListener.accept(info);
		});
	}

	private synchronized void sent() {
		this.sent++;
		this.response = null;
	}

	private synchronized void answered(ResponseInfo info) {
		this.provider = info.provider();
		this.response = info;
	}

	synchronized void goesTo(String provider) {
		this.provider = provider;
		this.response = null;
	}

	synchronized String provider() {
		return this.provider;
	}

	synchronized int attempts() {
		return (this.response != null) ? Math.max(this.sent, this.response.attempts()) : this.sent;
	}

	synchronized int status() {
		return (this.response != null) ? this.response.status() : 0;
	}

	synchronized @Nullable String requestId() {
		return (this.response != null) ? this.response.requestId() : null;
	}

	synchronized Duration waited() {
		return (this.response != null) ? this.response.waited() : Duration.ZERO;
	}

}
