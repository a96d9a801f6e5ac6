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

package io.github.electronspring.test.faults;

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.ElectronChatClient;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * What a caller has seen.
 *
 * @param texts the texts in the order in which they were delivered
 * @param last the last response, or {@code null} if there was none
 * @param error what the call ended with, or {@code null} if it ended well
 * @author The Electron Spring authors
 */
record Outcome(List<String> texts, @Nullable ChatResponse last, @Nullable ElectronException error) {

	static Outcome of(ElectronChatClient client, boolean stream) {
		List<ChatResponse> responses = new ArrayList<>();
		ElectronException error = null;
		try {
			if (stream) {
				client.prompt("Hi").stream().chatResponse().doOnNext(responses::add).blockLast();
			}
			else {
				responses.add(client.prompt("Hi").call().chatResponse());
			}
		}
		catch (RuntimeException ex) {
			error = ElectronException.find(ex);
			if (error == null) {
				throw ex;
			}
		}
		List<String> texts = responses.stream()
			.map((response) -> response.getResult().getOutput().getText())
			.filter((text) -> !text.isEmpty())
			.toList();
		return new Outcome(texts, responses.isEmpty() ? null : responses.get(responses.size() - 1), error);
	}

}
