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

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the page has to know of the desk.
 *
 * @author The Electron Spring authors
 */
@RestController
@RequestMapping("/api")
class DeskController {

	private final SupportDeskProperties properties;

	private final PlanUse planUse;

	private final boolean simulated;

	DeskController(SupportDeskProperties properties, PlanUse planUse, Environment environment) {
		this.properties = properties;
		this.planUse = planUse;
		this.simulated = environment.getProperty("electron.simulator.enabled", Boolean.class, false);
	}

	@GetMapping("/desk")
	DeskView desk() {
		return new DeskView(this.simulated, this.properties.languages(), this.planUse.view());
	}

	@GetMapping("/plan")
	PlanView plan() {
		return this.planUse.view();
	}

}
