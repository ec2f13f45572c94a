declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, object>);
    fromXML(
      xml: string,
      typeName?: string,
    ): Promise<{ rootElement: object; warnings: { message: string; [detail: string]: unknown }[] }>;
    toXML(element: object, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
