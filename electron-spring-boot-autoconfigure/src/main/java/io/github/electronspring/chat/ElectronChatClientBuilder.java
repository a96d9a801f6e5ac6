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

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.template.TemplateRenderer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;

/**
 * Builder of an {@link ElectronChatClient}. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatClientBuilder implements ChatClient.Builder {

	private final ChatClient.Builder delegate;

	ElectronChatClientBuilder(ChatClient.Builder delegate) {
		this.delegate = delegate;
	}

	static ElectronChatClientBuilder of(ChatClient.Builder builder) {
		Assert.notNull(builder, "'builder' must not be null");
		if (builder instanceof ElectronChatClientBuilder electronBuilder) {
			return electronBuilder;
		}
		String nativeOutput = ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey();
		boolean decided = builder.build().prompt() instanceof DefaultChatClientRequestSpec spec
				&& spec.getAdvisorParams().containsKey(nativeOutput);
		builder.defaultAdvisors((advisors) -> {
			advisors.advisors(new ElectronChatClientAdvisor());
			if (!decided) {
				advisors.param(nativeOutput, true);
			}
		});
		return new ElectronChatClientBuilder(builder);
	}

	@Override
	public ElectronChatClientBuilder defaultAdvisors(Advisor... advisors) {
		this.delegate.defaultAdvisors(advisors);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultAdvisors(Consumer<ChatClient.AdvisorSpec> customizer) {
		this.delegate.defaultAdvisors(customizer);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultAdvisors(List<Advisor> advisors) {
		this.delegate.defaultAdvisors(advisors);
		return this;
	}

	@Override
	@SuppressWarnings("rawtypes")
	public ElectronChatClientBuilder defaultOptions(ChatOptions.Builder options) {
		this.delegate.defaultOptions(options);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultUser(String text) {
		this.delegate.defaultUser(text);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultUser(Resource text, Charset charset) {
		this.delegate.defaultUser(text, charset);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultUser(Resource text) {
		this.delegate.defaultUser(text);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultUser(Consumer<ChatClient.PromptUserSpec> customizer) {
		this.delegate.defaultUser(customizer);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultSystem(String text) {
		this.delegate.defaultSystem(text);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultSystem(Resource text, Charset charset) {
		this.delegate.defaultSystem(text, charset);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultSystem(Resource text) {
		this.delegate.defaultSystem(text);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultSystem(Consumer<ChatClient.PromptSystemSpec> customizer) {
		this.delegate.defaultSystem(customizer);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultTemplateRenderer(TemplateRenderer templateRenderer) {
		this.delegate.defaultTemplateRenderer(templateRenderer);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultTools(Object... tools) {
		this.delegate.defaultTools(tools);
		return this;
	}

	@Override
	@Deprecated
	@SuppressWarnings("removal")
	public ElectronChatClientBuilder defaultToolCallbacks(ToolCallback... toolCallbacks) {
		this.delegate.defaultTools((Object[]) toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	@SuppressWarnings("removal")
	public ElectronChatClientBuilder defaultToolCallbacks(List<ToolCallback> toolCallbacks) {
		this.delegate.defaultTools(toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	@SuppressWarnings("removal")
	public ElectronChatClientBuilder defaultToolCallbacks(ToolCallbackProvider... providers) {
		this.delegate.defaultTools((Object[]) providers);
		return this;
	}

	@Override
	public ElectronChatClientBuilder defaultToolContext(Map<String, Object> toolContext) {
		this.delegate.defaultToolContext(toolContext);
		return this;
	}

	@Override
	public ElectronChatClientBuilder clone() {
		return new ElectronChatClientBuilder(this.delegate.clone());
	}

	/**
	 * Build the client.
	 * @return the client
	 */
	@Override
	public ElectronChatClient build() {
		return new DefaultElectronChatClient(this.delegate.clone().build());
	}

}
