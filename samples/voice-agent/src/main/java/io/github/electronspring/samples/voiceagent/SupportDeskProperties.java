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

package io.github.electronspring.samples.voiceagent;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the support desk.
 *
 * @param languages languages that callers can choose from, as BCP 47 tags
 * @param carrierDelay time that the carrier takes to say where a parcel is
 * @param bonusFailsEvery every how many calls the bonus programme cannot be reached, 0
 * for never
 * @param maxCalls most calls at the same time
 * @param idleAfter time after which a call that nobody speaks in is forgotten
 * @author The Electron Spring authors
 */
@ConfigurationProperties("support-desk")
record SupportDeskProperties(List<String> languages, @DefaultValue("1500ms") Duration carrierDelay,
		@DefaultValue("3") int bonusFailsEvery, @DefaultValue("1000") int maxCalls,
		@DefaultValue("15m") Duration idleAfter) {

}
