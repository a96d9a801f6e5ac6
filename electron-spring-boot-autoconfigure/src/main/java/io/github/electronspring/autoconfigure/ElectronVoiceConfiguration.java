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

import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.tool.ElectronToolRegistry;
import io.github.electronspring.voice.ElectronVoice;
import io.github.electronspring.voice.ElectronVoiceBuilder;
import io.github.electronspring.voice.SegmentSettings;
import io.github.electronspring.voice.SilenceSettings;
import io.github.electronspring.voice.VoiceSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of turns made for speech.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSingleCandidate(ElectronChatClient.class)
class ElectronVoiceConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ElectronVoice electronVoice(ElectronChatClient client, ElectronProperties properties, ElectronToolRegistry registry,
			ObjectProvider<ElectronChatMemoryAdvisor> memory, ObjectProvider<MessageSource> messageSource) {
		ElectronVoiceBuilder builder = ElectronVoice.builder(client)
			.settings(settings(properties.getVoice()))
			.tools(registry)
			.prices(TokenPricesMapper.map(properties));
		memory.ifUnique(builder::memory);
		messageSource.ifUnique(builder::messageSource);
		return builder.build();
	}

	private static VoiceSettings settings(ElectronVoiceProperties voice) {
		ElectronVoiceProperties.Acknowledgement acknowledgement = voice.getAcknowledgement();
		ElectronVoiceProperties.Segments segments = voice.getSegments();
		return new VoiceSettings(voice.getDeadline(), voice.getPause(),
				new SilenceSettings(voice.getSilence().getDelay(), voice.getSilence().getInterval()),
				new SegmentSettings(segments.getFirstClause(), segments.getFirstMaximum(), segments.getMaximum()),
				acknowledgement.isEnabled() ? acknowledgement.getText() : "", voice.getApology(), voice.getLocale());
	}

}
