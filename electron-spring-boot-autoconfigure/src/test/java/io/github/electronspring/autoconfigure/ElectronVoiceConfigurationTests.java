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

package io.github.electronspring.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.tool.ElectronTool;
import io.github.electronspring.voice.ElectronVoice;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceSegment;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronVoiceConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronVoiceConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class, ChatClientAutoConfiguration.class))
		.withBean(ElectronApi.class, () -> this.api)
		.withPropertyValues("electron.api-key=sk_test");

	@Test
	void turnsKnowOfEachOther() {
		this.api.respond(Chunks.text("Hello."), Chunks.finish("stop"));
		this.api.respond(Chunks.text("Welcome."), Chunks.finish("stop"));
		this.contextRunner.run((context) -> {
			ElectronVoice voice = context.getBean("electronVoice", ElectronVoice.class);
			assertThat(segments(voice, "Hi")).containsExactly("Hello.");
			assertThat(segments(voice, "Thanks")).containsExactly("Welcome.");
			assertThat(this.api.requests().get(1).messages()).extracting(ChatMessage::content)
				.endsWith("Hi", "Hello.", "Thanks");
		});
	}

	@Test
	void clientKeepsAMemoryOfItsOwn() {
		this.api.respond(Chunks.text("Hello."), Chunks.finish("stop"));
		this.contextRunner
			.withBean("client", ElectronChatClient.class,
					() -> ElectronChatClient.create(ElectronChatModel.builder(this.api).build())
						.mutate()
						.defaultAdvisors(MessageChatMemoryAdvisor.builder(new NoMemory()).build())
						.build())
			.run((context) -> {
				assertThat(context).hasSingleBean(ElectronVoice.class).hasSingleBean(ElectronChatMemoryAdvisor.class);
				segments(context.getBean(ElectronVoice.class), "Hi");
				assertThat(context.getBean("electronChatMemory", ChatMemory.class).get("c")).isEmpty();
			});
	}

	@Test
	void propertiesAndPhrasesAreApplied() {
		this.api.respond(Chunks.call(0, "a", "slow", "{}"), Chunks.finish("tool_calls"));
		this.api.respond(Chunks.text("Done."), Chunks.finish("stop"));
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("slow.start", Locale.FRENCH, "Je regarde.");
		this.contextRunner.withBean(Slow.class)
			.withBean("messageSource", MessageSource.class, () -> messages)
			.withPropertyValues("electron.voice.silence.delay=10ms", "electron.voice.locale=fr",
					"electron.voice.acknowledgement.text=Say something first.")
			.run((context) -> {
				assertThat(segments(context.getBean(ElectronVoice.class), "Hi")).containsExactly("Je regarde.",
						"Done.");
				assertThat(this.api.requests().get(0).messages().get(0).content()).isEqualTo("Say something first.");
			});
	}

	@Test
	void phrasesAreThoseOfTheApplicationBesideOtherMessageSources() {
		this.api.respond(Flux.error(new IllegalStateException("down")));
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("electron.voice.apology", Locale.FRENCH, "Pardon ?");
		this.contextRunner.withBean("messageSource", MessageSource.class, () -> messages)
			.withBean("otherMessages", MessageSource.class, StaticMessageSource::new)
			.withPropertyValues("electron.voice.locale=fr")
			.run((context) -> assertThat(segments(context.getBean(ElectronVoice.class), "Hi"))
				.containsExactly("Pardon ?"));
	}

	@Test
	void resultThatGoesToTheCallerIsSpoken() {
		this.api.respond(Chunks.text("Wait. "), Chunks.call(0, "a", "direct", "{}"), Chunks.finish("tool_calls"));
		this.contextRunner.withBean(Direct.class)
			.run((context) -> assertThat(segments(context.getBean(ElectronVoice.class), "Hi")).containsExactly("Wait.",
					"You have ten.", "Not more."));
	}

	@Test
	void acknowledgementCanBeTurnedOff() {
		this.api.respond(Chunks.text("Hello."), Chunks.finish("stop"));
		this.contextRunner.withPropertyValues("electron.voice.acknowledgement.enabled=false").run((context) -> {
			segments(context.getBean(ElectronVoice.class), "Hi");
			assertThat(this.api.requests().get(0).messages()).hasSize(1);
		});
	}

	@Test
	void voiceOfTheApplicationWins() {
		this.contextRunner
			.withBean("mine", ElectronVoice.class,
					() -> ElectronVoice.builder(ElectronChatClient.create(ElectronChatModel.builder(this.api).build()))
						.build())
			.run((context) -> assertThat(context).hasSingleBean(ElectronVoice.class).hasBean("mine"));
	}

	@Test
	void withoutAClientThereIsNoVoice() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_test")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronVoice.class));
	}

	private static List<String> segments(ElectronVoice voice, String text) {
		List<VoiceEvent> events = voice.say("c", text).events().collectList().block(TIMEOUT);
		assertThat(events).isNotNull();
		return events.stream()
			.filter(VoiceSegment.class::isInstance)
			.map((event) -> ((VoiceSegment) event).text())
			.toList();
	}

	static class Slow {

		@ElectronTool(start = "slow.start")
		Mono<String> slow() {
			return Mono.delay(Duration.ofMillis(200)).thenReturn("1");
		}

	}

	static class Direct {

		@ElectronTool(returnDirect = true)
		String direct() {
			return "You have ten. Not more.";
		}

	}

	static class NoMemory implements ChatMemory {

		@Override
		public void add(String conversationId, List<Message> messages) {
		}

		@Override
		public List<Message> get(String conversationId) {
			return Collections.emptyList();
		}

		@Override
		public void clear(String conversationId) {
		}

	}

}
