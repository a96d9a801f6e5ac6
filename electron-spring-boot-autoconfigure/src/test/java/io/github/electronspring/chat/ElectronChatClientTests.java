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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.core.Ordered;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for chat clients on {@link ElectronChatModel}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.registeredTools(() -> List.of(TestTools.returning("weather", "sunny")))
		.build();

	static Stream<ClientFactory> clients() {
		return Stream.of((model, advisors) -> ElectronChatClient.builder(model).defaultAdvisors(advisors).build(),
				(model, advisors) -> ElectronChatClient.create(model).mutate().defaultAdvisors(advisors).build(),
				(model, advisors) -> ChatClient.builder(model).defaultAdvisors(advisors).build(),
				(model, advisors) -> ChatClient.create(model).mutate().defaultAdvisors(advisors).build());
	}

	@ParameterizedTest
	@MethodSource("clients")
	void callHasNothingLeftForTheAdvisorOfSpringAi(ClientFactory factory) {
		ToolCallingManager manager = mock(ToolCallingManager.class);
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		ChatResponse response = factory.create(this.model, advisor(manager)).prompt("Weather?").call().chatResponse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("It is sunny");
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(38);
		assertThat(response.getMetadata().getUsage().getCacheReadInputTokens()).isEqualTo(12);
		assertThat(response.getMetadata().<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo("req-2");
		assertThat(this.api.requests).hasSize(2);
		then(manager).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@MethodSource("clients")
	void streamHasNothingLeftForTheAdvisorOfSpringAi(ClientFactory factory) {
		ToolCallingManager manager = mock(ToolCallingManager.class);
		this.api.call("One moment", "weather", "{}").answer("It is ", "sunny");
		List<ChatResponse> responses = factory.create(this.model, advisor(manager))
			.prompt("Weather?")
			.stream()
			.chatResponse()
			.collectList()
			.block(TIMEOUT);
		assertThat(responses).extracting((response) -> response.getResult().getOutput().getText())
			.containsExactly("One moment", "", "It is ", "sunny", "");
		assertThat(responses).extracting((response) -> response.getMetadata().getUsage().getTotalTokens())
			.containsExactly(0, 0, 0, 0, 38);
		assertThat(this.api.requests).hasSize(2);
		then(manager).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@MethodSource("clients")
	void optionsAndToolsOfTheCallReachTheModelOnce(ClientFactory factory) {
		AtomicInteger calls = new AtomicInteger();
		this.api.call("", "count", "{}").answer("One");
		ChatClient client = factory.create(
				this.model.mutate().options(ElectronChatOptions.builder().stopSequences(List.of("x")).build()).build(),
				advisor(mock(ToolCallingManager.class)));
		client.prompt()
			.user("Count")
			.options(ChatOptions.builder().temperature(0.3))
			.tools(TestTools.of("count", false, (context) -> {
				assertThat(context.getContext()).containsEntry("tenant", "acme");
				return "" + calls.incrementAndGet();
			}))
			.toolContext(Map.of("tenant", "acme"))
			.call()
			.content();
		ChatCompletionRequest request = this.api.requests.get(0);
		assertThat(calls).hasValue(1);
		assertThat(request.temperature()).isEqualTo(0.3);
		assertThat(request.stop()).containsExactly("x");
		assertThat(request.tools()).extracting((tool) -> tool.function().name()).containsExactly("count", "weather");
	}

	@ParameterizedTest
	@MethodSource("clients")
	void memoryKeepsTheConversation(ClientFactory factory) {
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		ChatClient client = factory.create(this.model, MessageChatMemoryAdvisor.builder(memory).build());
		this.api.call("One moment", "weather", "{}").answer("It is sunny").answer("You are welcome");
		assertThat(client.prompt("Weather?")
			.advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, "c1"))
			.call()
			.content()).isEqualTo("It is sunny");
		client.prompt("Thanks")
			.advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, "c1"))
			.stream()
			.content()
			.blockLast(TIMEOUT);
		assertThat(this.api.requests.get(2).messages()).containsExactly(ChatMessage.user("Weather?"),
				ChatMessage.assistant("It is sunny"), ChatMessage.user("Thanks"));
		assertThat(memory.get("c1")).extracting(Message::getText)
			.containsExactly("Weather?", "It is sunny", "Thanks", "You are welcome");
	}

	@Test
	void conversationOfTheMemoryIsTheConversationOfTheCall() {
		this.api.answer("Hello");
		ElectronChatClient.create(this.model)
			.prompt("Hi")
			.advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, "c1"))
			.call()
			.content();
		assertThat(this.api.contexts.get(0).conversationId()).isEqualTo("c1");
	}

	@Test
	void withoutTheAdvisorOfSpringAiTheCallerGetsTheCalls() {
		this.api.call("One moment", "weather", "{}");
		ChatResponse response = ElectronChatClient.create(this.model)
			.prompt("Weather?")
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false))
			.call()
			.chatResponse();
		assertThat(response.hasToolCalls()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("clients")
	void advisorOfSpringAiExecutesToolsInCallerMode(ClientFactory factory) {
		this.api.call("One moment", "news", "{}").answer("No news");
		ChatResponse response = factory.create(this.model, ToolCallingAdvisor.builder().build())
			.prompt("News?")
			.options(ElectronChatOptions.builder().toolExecution(ToolExecutionMode.CALLER))
			.tools(TestTools.returning("news", "none"))
			.call()
			.chatResponse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("No news");
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(38);
		assertThat(this.api.requests.get(1).messages()).containsExactly(ChatMessage.user("News?"),
				ChatMessage.assistant("One moment", List.of(ToolCall.function("call-news", "news", "{}"))),
				ChatMessage.tool("call-news", "none"));
	}

	@Test
	void advisorsRunOnceATurn() {
		AtomicInteger runs = new AtomicInteger();
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		ElectronChatClient.builder(this.model)
			.defaultAdvisors(new CountingAdvisor(runs))
			.build()
			.prompt("Weather?")
			.call()
			.content();
		assertThat(runs).hasValue(1);
	}

	@Test
	void mutateKeepsTheClientAndItsParameters() {
		AtomicReference<Map<String, Object>> seen = new AtomicReference<>(Collections.emptyMap());
		this.api.answer("Hello");
		ElectronChatClient client = ElectronChatClient.builder(this.model, ObservationRegistry.NOOP, null, null)
			.defaultSystem("Be brief")
			.defaultUser("Hi")
			.defaultOptions(ElectronChatOptions.builder().seed(3L))
			.defaultAdvisors((spec) -> spec.param("key", "value"))
			.build();
		ElectronChatClient mutated = client.mutate().defaultAdvisors(List.of(new SeeingAdvisor(seen))).clone().build();
		assertThat(mutated.prompt().call().content()).isEqualTo("Hello");
		assertThat(seen.get()).containsEntry("key", "value");
		assertThat(this.api.requests.get(0).seed()).isEqualTo(3L);
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.system("Be brief"),
				ChatMessage.user("Hi"));
	}

	@Test
	@SuppressWarnings("removal")
	void everyMethodOfTheBuilderReturnsTheBuilder() {
		ElectronChatClientBuilder builder = ElectronChatClient.builder(this.model);
		Resource text = new ByteArrayResource("Hi".getBytes(StandardCharsets.UTF_8));
		assertThat(List.of(ElectronChatClient.builder((ChatClient.Builder) builder), builder.defaultUser("Hi"),
				builder.defaultUser(text), builder.defaultUser(text, StandardCharsets.UTF_8),
				builder.defaultUser((spec) -> spec.text("Hi")), builder.defaultSystem("Hi"),
				builder.defaultSystem(text), builder.defaultSystem(text, StandardCharsets.UTF_8),
				builder.defaultSystem((spec) -> spec.text("Hi")),
				builder.defaultTemplateRenderer((template, variables) -> template),
				builder.defaultToolContext(Map.of("a", "b")), builder.defaultTools(TestTools.returning("a", "1")),
				builder.defaultToolCallbacks(TestTools.returning("b", "1")),
				builder.defaultToolCallbacks(List.of(TestTools.returning("c", "1"))),
				builder.defaultToolCallbacks(ToolCallbackProvider.from(TestTools.returning("d", "1")))))
			.allMatch((returned) -> returned == builder);
		this.api.answer("Hello");
		builder.build().prompt().call().content();
		assertThat(this.api.requests.get(0).tools()).extracting((tool) -> tool.function().name())
			.containsExactly("a", "b", "c", "d", "weather");
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.system("Hi"),
				ChatMessage.user("Hi"));
	}

	@Test
	void builderGoesOnWithoutTouchingWhatItBuilt() {
		this.api.answer("Hello");
		ElectronChatClientBuilder builder = ElectronChatClient.builder(this.model).defaultUser("Hi");
		ElectronChatClient client = builder.build();
		builder.defaultSystem("Be brief");
		client.prompt().call().content();
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.user("Hi"));
	}

	@Test
	void configuredBuilderOfSpringAiIsTakenOver() {
		this.api.answer("Hello");
		ElectronChatClient client = ElectronChatClient.builder(ChatClient.builder(this.model).defaultSystem("Be brief"))
			.build();
		assertThat(client.prompt(new Prompt("Hi", ChatOptions.builder().topP(0.4).build())).call().content())
			.isEqualTo("Hello");
		assertThat(this.api.requests.get(0).topP()).isEqualTo(0.4);
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.system("Be brief"),
				ChatMessage.user("Hi"));
	}

	@Test
	void answerOfAnAdvisorReachesTheCaller() {
		CallAdvisor guard = new AnsweringAdvisor();
		assertThat(ElectronChatClient.builder(this.model).defaultAdvisors(guard).build().prompt("Hi").call().content())
			.isEqualTo("guarded");
		assertThat(this.api.requests).isEmpty();
	}

	private static ToolCallingAdvisor advisor(ToolCallingManager manager) {
		return ToolCallingAdvisor.builder().toolCallingManager(manager).build();
	}

	@FunctionalInterface
	interface ClientFactory {

		ChatClient create(ElectronChatModel model, org.springframework.ai.chat.client.advisor.api.Advisor... advisors);

	}

	private record CountingAdvisor(AtomicInteger runs) implements CallAdvisor {

		@Override
		public String getName() {
			return "counting";
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.runs.incrementAndGet();
			return chain.nextCall(request);
		}

	}

	private record SeeingAdvisor(AtomicReference<Map<String, Object>> seen) implements CallAdvisor {

		@Override
		public String getName() {
			return "seeing";
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.seen.set(request.context());
			return chain.nextCall(request);
		}

	}

	private static final class AnsweringAdvisor implements CallAdvisor {

		@Override
		public String getName() {
			return "answering";
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			return ChatClientResponse.builder()
				.chatResponse(ChatResponse.builder()
					.generations(
							List.of(new org.springframework.ai.chat.model.Generation(new AssistantMessage("guarded"))))
					.build())
				.context(request.context())
				.build();
		}

	}

}
