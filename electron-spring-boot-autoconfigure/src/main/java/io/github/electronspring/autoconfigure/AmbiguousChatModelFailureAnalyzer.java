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

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * A {@link FailureAnalyzer} that performs analysis of failures caused by a
 * {@link NoUniqueBeanDefinitionException} about chat models of which Electron's is one.
 * Comes before the analyzer of Spring Boot, which does not know the property to set.
 *
 * @author The Electron Spring authors
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AmbiguousChatModelFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoUniqueBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause,
			@Nullable String description) {
		Collection<String> names = cause.getBeanNamesFound();
		if (names == null || !names.contains(ElectronModelConfiguration.CHAT_MODEL_BEAN_NAME)) {
			return null;
		}
		return new FailureAnalysis(
				"%s required a single chat model, but %d were found: '%s'.".formatted(
						(description != null) ? description : "A component", names.size(), String.join("', '", names)),
				"""
						Do one of these:

						- Set '%s' to 'true', if Electron shall be what injection points and 'ChatClient.Builder' get.
						- Set 'spring.ai.model.chat' to the one model that the application uses, such as 'electron'.
						- Inject 'ChatClient' or 'ElectronChatClient', which are Electron's, or choose a model with @Qualifier."""
					.formatted(ElectronModelConfiguration.PRIMARY_PROPERTY),
				cause);
	}

}
