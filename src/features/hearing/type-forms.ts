import type { TypeForm } from '../../desk/device-fields';
import { loadDeviceType, type AnyDeviceType } from '../../devices/all';
import { checkedValue } from '../../devices/parse-device';

/** What of a type of device is set on the screen, from the table of its settings. */
export function typeForm(deviceType: AnyDeviceType): TypeForm {
  const { type, kind, settings } = deviceType;
  const kindOf = deviceType.link === 'frames' ? undefined : deviceType.kindOf;
  return {
    kind,
    ...(kindOf !== undefined && { kindOf }),
    settings: Object.entries(settings).flatMap(([name, setting]) => {
      const { help, secret = false, shown, default: normal, form, formOf } = setting;
      if (form === undefined) return [];
      return [
        {
          name,
          help,
          secret,
          ...(shown !== undefined && { shown }),
          ...(formOf !== undefined && { formOf }),
          normal,
          form,
          check: (given: unknown) => checkedValue(type, name, setting, given),
        },
      ];
    }),
  };
}

/** The same by name; a type is loaded when it is first asked for, and there from then on. */
export function lateTypeForms(): (type: string) => TypeForm | undefined {
  const forms = new Map<string, TypeForm | undefined>();
  return (type) => {
    if (!forms.has(type)) {
      forms.set(type, undefined);
      void loadDeviceType(type).then((loaded) => {
        if (loaded !== undefined) forms.set(type, typeForm(loaded));
      });
    }
    return forms.get(type);
  };
}
