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

package io.github.electronspring.tool;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the methods with {@link ElectronTool @ElectronTool} by the types of the beans.
 *
 * @author The Electron Spring authors
 */
class ToolMethodScanner {

	private static final Log logger = LogFactory.getLog(ToolMethodScanner.class);

	private final ConfigurableListableBeanFactory beanFactory;

	ToolMethodScanner(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	SortedMap<String, ElectronToolCallback> scan() {
		SortedMap<String, ElectronToolCallback> tools = new TreeMap<>();
		Iterator<String> names = this.beanFactory.getBeanNamesIterator();
		while (names.hasNext()) {
			String name = names.next();
			if (!ScopedProxyUtils.isScopedTarget(name) && !isAbstract(name)) {
				addTools(name, tools);
			}
		}
		return Collections.unmodifiableSortedMap(tools);
	}

	private boolean isAbstract(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getBeanDefinition(beanName).isAbstract();
	}

	private void addTools(String beanName, SortedMap<String, ElectronToolCallback> tools) {
		Class<?> exposedType = this.beanFactory.getType(beanName, false);
		Class<?> type = targetType(beanName, exposedType);
		if (exposedType == null || type == null || !isCandidate(type)) {
			return;
		}
		for (Method method : toolMethods(beanName, type)) {
			ToolMethod toolMethod = new ToolMethod(beanName, method, type);
			ToolMethodChecks.check(toolMethod, exposedType);
			add(new ElectronToolCallback(toolMethod, this.beanFactory), tools);
		}
	}

	private static Set<Method> toolMethods(String beanName, Class<?> type) {
		MetadataLookup<Boolean> lookup = (method) -> AnnotatedElementUtils.hasAnnotation(method, ElectronTool.class)
				? Boolean.TRUE : null;
		try {
			return MethodIntrospector.selectMethods(type, lookup).keySet();
		}
		catch (IllegalStateException | LinkageError ex) {
			// A class that is not there: such a bean, perhaps a lazy one, is never made
			logger.debug("Bean '%s' is not searched for tools, as its class is incomplete".formatted(beanName), ex);
			return Collections.emptySet();
		}
	}

	/**
	 * Return the type behind the proxies that make the bean.
	 * @param beanName the name of the bean
	 * @param exposedType the type of the bean as others see it
	 * @return the type, or {@code null} if it is not known
	 */
	private @Nullable Class<?> targetType(String beanName, @Nullable Class<?> exposedType) {
		if (exposedType != null && ScopedObject.class.isAssignableFrom(exposedType)) {
			String targetName = ScopedProxyUtils.getTargetBeanName(beanName);
			if (this.beanFactory.containsBean(targetName)) {
				return targetType(targetName, this.beanFactory.getType(targetName, false));
			}
		}
		if (this.beanFactory.containsBeanDefinition(beanName)) {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(beanName);
			Object original = definition.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE);
			if (original instanceof Class<?> originalClass) {
				return ClassUtils.getUserClass(originalClass);
			}
		}
		return (exposedType != null) ? ClassUtils.getUserClass(exposedType) : null;
	}

	private static boolean isCandidate(Class<?> type) {
		return !type.isSynthetic() && !type.isHidden() && !type.getName().startsWith("org.springframework.")
				&& AnnotationUtils.isCandidateClass(type, ElectronTool.class);
	}

	private static void add(ElectronToolCallback tool, Map<String, ElectronToolCallback> tools) {
		ToolMethod method = tool.getToolMethod();
		ElectronToolCallback other = tools.put(method.name(), tool);
		if (other != null) {
			throw method.invalid("has the name '%s', which method '%s' of bean '%s' has as well".formatted(
					method.name(), ClassUtils.getQualifiedMethodName(other.getToolMethod().method()),
					other.getToolMethod().beanName()), "Set another 'name' of '@ElectronTool' on one of them");
		}
		if (tools.size() > ToolMethodChecks.MAX_TOOLS) {
			throw method.invalid(
					"is one tool more than the %d that a request may have".formatted(ToolMethodChecks.MAX_TOOLS),
					"Remove '@ElectronTool' from the methods that the model needs least");
		}
	}

}
