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

package io.github.electronspring.chat;

import io.github.electronspring.api.CallContext;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What the observation of a request has to know of the call that it belongs to.
 *
 * @param options the options of the call, with all of its tools
 * @param streaming whether the caller streams
 * @author The Electron Spring authors
 */
record ObservedCall(ChatOptions options, boolean streaming) {

	private static final String ATTRIBUTE = ObservedCall.class.getName();

	CallContext addTo(CallContext context) {
		return context.withAttribute(ATTRIBUTE, this);
	}

	static @Nullable ObservedCall from(CallContext context) {
		return (context.attributes().get(ATTRIBUTE) instanceof ObservedCall call) ? call : null;
	}

}
