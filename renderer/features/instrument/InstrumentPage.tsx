/** Placeholder: the page follows. */
export function InstrumentPage({ id }: { id: string }) {
  return <p>{id}</p>;
}
