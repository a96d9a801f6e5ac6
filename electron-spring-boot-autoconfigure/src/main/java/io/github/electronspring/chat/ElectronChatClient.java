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

import java.util.function.Consumer;

import io.github.electronspring.turn.TurnEvent;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Spring AI's chat client on Electron, with turns as typed events beside calls and
 * streams. Its typed answers ({@code entity(…)}) use the native way by default: the
 * schema travels in the options, and an answer that does not fit is asked for once more,
 * unless Spring AI's own validation is on for the call. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public interface ElectronChatClient extends ChatClient {

	/**
	 * Create a client.
	 * @param model the model
	 * @return the client
	 */
	static ElectronChatClient create(ElectronChatModel model) {
		return builder(model).build();
	}

	/**
	 * Create a builder of a client.
	 * @param model the model
	 * @return a builder
	 */
	static ElectronChatClientBuilder builder(ElectronChatModel model) {
		return builder(ChatClient.builder(model));
	}

	/**
	 * Create a builder of a client that is observed.
	 * @param model the model
	 * @param observationRegistry the registry of observations
	 * @param clientConvention the convention of the client's observations, or
	 * {@code null}
	 * @param advisorConvention the convention of its advisors' observations, or
	 * {@code null}
	 * @return a builder
	 */
	static ElectronChatClientBuilder builder(ElectronChatModel model, ObservationRegistry observationRegistry,
			@Nullable ChatClientObservationConvention clientConvention,
			@Nullable AdvisorObservationConvention advisorConvention) {
		return builder(ChatClient.builder(model, observationRegistry, clientConvention, advisorConvention));
	}

	/**
	 * Create a builder from one of Spring AI, with all that is configured on it.
	 * @param builder the builder of a client on an {@link ElectronChatModel}; it is
	 * changed
	 * @return a builder
	 */
	static ElectronChatClientBuilder builder(ChatClient.Builder builder) {
		return ElectronChatClientBuilder.of(builder);
	}

	@Override
	ElectronChatClientBuilder mutate();

	/**
	 * Run a turn.
	 * @param user what the user says
	 * @return the events of the turn, in order, from the thread on which they happen;
	 * errors are {@link io.github.electronspring.api.ElectronException}s where one is the
	 * cause, and cancelling ends the turn
	 */
	default Flux<TurnEvent> turn(String user) {
		return turn((spec) -> spec.user(user));
	}

	/**
	 * Run a turn.
	 * @param prompt the messages and options of the turn
	 * @return the events of the turn, as of {@link #turn(String)}
	 */
	Flux<TurnEvent> turn(Prompt prompt);

	/**
	 * Run a turn.
	 * @param customizer what makes the request, called for each subscription
	 * @return the events of the turn, as of {@link #turn(String)}
	 */
	Flux<TurnEvent> turn(Consumer<ChatClientRequestSpec> customizer);

}
