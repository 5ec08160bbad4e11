import impl
handler = impl.run
