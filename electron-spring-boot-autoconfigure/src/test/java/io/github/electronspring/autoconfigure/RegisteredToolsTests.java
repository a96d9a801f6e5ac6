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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.tool.ElectronTool;
import org.junit.jupiter.api.Test;

import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RegisteredTools}.
 *
 * @author The Electron Spring authors
 */
class RegisteredToolsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test")
		.withBean(Clock.class);

	@Test
	void callbacksAreLeftOutByDefault() {
		this.contextRunner.withBean(ToolCallback.class, () -> tool("weather")).run((context) -> {
			assertThat(names(context.getBean(RegisteredTools.class))).containsExactly("time");
			assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.registeredToolsMayBlock")
				.isEqualTo(false);
		});
	}

	@Test
	void callbacksAndProvidersAreIncludedWhenAskedFor() {
		this.contextRunner.withPropertyValues("electron.tools.include-callbacks=true")
			.withBean(ToolCallback.class, () -> tool("weather"))
			.withBean(ToolCallbackProvider.class, () -> ToolCallbackProvider.from(tool("news")))
			.run((context) -> {
				assertThat(names(context.getBean(RegisteredTools.class))).containsExactly("time", "weather", "news");
				assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.registeredToolsMayBlock")
					.isEqualTo(true);
			});
	}

	@Test
	void annotatedToolsAreLeftOutWhenAskedFor() {
		this.contextRunner
			.withPropertyValues("electron.tools.include-callbacks=true", "electron.tools.auto-register=false")
			.withBean(ToolCallback.class, () -> tool("weather"))
			.run((context) -> assertThat(names(context.getBean(RegisteredTools.class))).containsExactly("weather"));
	}

	@Test
	void providersAreNotAskedBeforeTheFirstTurnAndThenForEach() {
		List<ToolCallback> tools = new ArrayList<>();
		AtomicInteger asked = new AtomicInteger();
		this.contextRunner.withPropertyValues("electron.tools.include-callbacks=true")
			.withBean(ToolCallbackProvider.class, () -> () -> {
				asked.incrementAndGet();
				return tools.toArray(new ToolCallback[0]);
			})
			.run((context) -> {
				RegisteredTools registered = context.getBean(RegisteredTools.class);
				assertThat(asked).hasValue(0);
				assertThat(names(registered)).containsExactly("time");
				tools.add(tool("news"));
				assertThat(names(registered)).containsExactly("time", "news");
				assertThat(asked).hasValue(2);
			});
	}

	@Test
	void twoToolsOfTheSameNameAreRefused() {
		this.contextRunner.withPropertyValues("electron.tools.include-callbacks=true")
			.withBean(ToolCallback.class, () -> tool("time"))
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(RegisteredTools.class).get())
				.withMessage("Several tools are named 'time': rename one of them, or set "
						+ "'electron.tools.include-callbacks' to 'false'"));
	}

	@Test
	void theSameToolMayComeTwice() {
		ToolCallback weather = tool("weather");
		this.contextRunner.withConfiguration(AutoConfigurations.of(ToolCallingAutoConfiguration.class))
			.withPropertyValues("electron.tools.include-callbacks=true")
			.withBean(ToolCallback.class, () -> weather)
			.withBean(ToolCallbackProvider.class, () -> ToolCallbackProvider.from(weather))
			.run((context) -> assertThat(names(context.getBean(RegisteredTools.class))).containsExactly("time",
					"weather"));
	}

	private static List<String> names(RegisteredTools tools) {
		return tools.get().stream().map((tool) -> tool.getToolDefinition().name()).toList();
	}

	private static ToolCallback tool(String name) {
		ToolCallback tool = mock(ToolCallback.class);
		given(tool.getToolDefinition()).willReturn(ToolDefinition.builder().name(name).inputSchema("{}").build());
		return tool;
	}

	static class Clock {

		@ElectronTool
		String time() {
			return "noon";
		}

	}

}
